/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** How late Linux may wake up a thread, to save energy; at a fixed rate it would be the client's latency. */
public final class TimerSlack {
    private TimerSlack() {
    }

    /** As little as there is, for the calling thread. Where that is not to be had, records leave some 50 µs later. */
    public static void minimize() {
        try {
            Path thread = Files.readSymbolicLink(Paths.get("/proc/thread-self")).getFileName();
            Files.write(Paths.get("/proc", thread.toString(), "timerslack_ns"), new byte[] {'1'});
        } catch (IOException e) {
            System.err.println("timer slack: " + e);
        }
    }
}
