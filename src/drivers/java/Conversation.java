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
import java.util.function.Supplier;

/** With the harness: commands come on standard input, events go to standard output, a JSON line each. */
public final class Conversation {
    private static final int PROTOCOL = 1;

    private final ObjectMapper json = new ObjectMapper();
    private final BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream events;
    private final Object lock = new Object();
    private Thread interruptible; /* by the stop; guarded by the lock */
    private volatile long stoppedNs;
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

    /** Waits for the start and then listens for the stop. */
    public void awaitStart() throws IOException {
        if (!"start".equals(readCommand())) {
            stop();
            return;
        }
        Thread listener = new Thread(this::listenForStop, "commands");
        listener.setDaemon(true);
        listener.start();
    }

    public boolean isStopped() {
        return stopped;
    }

    /** The moment of the stop, once isStopped(). */
    public long stoppedNs() {
        return stoppedNs;
    }

    /**
     * Calls what is to end at the stop: its thread is then interrupted, since a client with a full buffer may block for
     * long. Nothing interrupts the thread afterwards.
     */
    public <T> T callUntilStop(Supplier<T> work) {
        synchronized (lock) {
            interruptible = Thread.currentThread();
        }
        try {
            return work.get();
        } finally {
            synchronized (lock) {
                interruptible = null;
            }
            Thread.interrupted();
        }
    }

    public void done(long acked, long failed, Map<String, Long> errors) throws IOException {
        say(doneEvent(acked, failed, errors));
    }

    /** `due` is how many records a rate wanted by the stop; null when there is none. */
    public void done(long acked, long failed, Map<String, Long> errors, Long due) throws IOException {
        Map<String, Object> event = doneEvent(acked, failed, errors);
        if (due != null)
            event.put("due", due);
        say(event);
    }

    /** `figures` are what a tool measured itself. */
    public void doneWithFigures(long acked, long failed, Map<String, Long> errors, Map<String, Object> figures)
            throws IOException {
        Map<String, Object> event = doneEvent(acked, failed, errors);
        event.put("tool", figures);
        say(event);
    }

    public void doneReading(long read) throws IOException {
        say(Map.of("event", "done", "read", read));
    }

    private static Map<String, Object> doneEvent(long acked, long failed, Map<String, Long> errors) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "done");
        event.put("sent", acked + failed);
        event.put("acked", acked);
        event.put("failed", failed);
        event.put("errors", errors);
        return event;
    }

    private void stop() {
        stoppedNs = System.nanoTime();
        stopped = true;
        synchronized (lock) {
            if (interruptible != null)
                interruptible.interrupt();
        }
    }

    private void listenForStop() {
        try {
            String command;
            do {
                command = readCommand();
            } while (command != null && !"stop".equals(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stop();
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
