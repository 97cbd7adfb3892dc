/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** With the harness: commands come on standard input, events go to standard output, a JSON line each. */
public final class Conversation {
    private static final int PROTOCOL = 1;

    private final ObjectMapper json = new ObjectMapper();
    private final BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream events;
    private volatile boolean stopped;

    /** From here on standard output is the conversation's alone: what libraries print goes to standard error. */
    public Conversation() {
        events = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
    }

    public Job readJob() throws IOException {
        String line = commands.readLine();
        if (line == null)
            throw new IOException("standard input ended before a job came");
        return Job.parse(line);
    }

    public void ready(Map<String, String> versions, Map<String, Object> settings) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "ready");
        event.put("protocol", PROTOCOL);
        event.put("clock_ns", System.nanoTime());
        event.put("versions", versions);
        event.put("settings", settings);
        say(event);
    }

    /** Waits for the start and then listens for the stop, on which the calling thread is woken if it is parked. */
    public void awaitStart() throws IOException {
        if (!"start".equals(readCommand())) {
            stopped = true;
            return;
        }
        Thread sender = Thread.currentThread();
        Thread listener = new Thread(() -> listenForStop(sender), "commands");
        listener.setDaemon(true);
        listener.start();
    }

    public boolean isStopped() {
        return stopped;
    }

    public void done(long acked, long failed, Map<String, Long> errors) throws IOException {
        done(acked, failed, errors, null);
    }

    /** `figures` are what a tool measured itself; null when there are none. */
    public void done(long acked, long failed, Map<String, Long> errors, Map<String, Object> figures)
            throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "done");
        event.put("sent", acked + failed);
        event.put("acked", acked);
        event.put("failed", failed);
        event.put("errors", errors);
        if (figures != null)
            event.put("tool", figures);
        say(event);
    }

    private void listenForStop(Thread sender) {
        try {
            String command;
            do {
                command = readCommand();
            } while (command != null && !"stop".equals(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopped = true;
            LockSupport.unpark(sender);
        }
    }

    /** Null at the end of input: a harness that is gone wants nothing more. */
    private String readCommand() throws IOException {
        String line = commands.readLine();
        if (line == null)
            return null;
        JsonNode command = json.readTree(line).path("command");
        return command.asText();
    }

    private void say(Map<String, Object> event) throws IOException {
        events.println(json.writeValueAsString(event));
        events.flush();
    }
}
