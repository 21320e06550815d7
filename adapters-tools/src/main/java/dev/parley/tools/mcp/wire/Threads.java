package dev.parley.tools.mcp.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that listen to servers of tools, so that somebody knows whether any is left. */
public final class Threads {

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** Starts a virtual thread. */
    public void start(String name, Runnable work) {
        start(Thread.ofVirtual().name(name).unstarted(() -> run(work)));
    }

    /** Starts a thread of the operating system: reading from a process holds one fast. */
    void startReader(String name, Runnable work) {
        start(Thread.ofPlatform().daemon().name(name).unstarted(() -> run(work)));
    }

    /** How many have not come to their end. */
    public int count() {
        return running.size();
    }

    private void start(Thread thread) {
        running.add(thread);
        thread.start();
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            running.remove(Thread.currentThread());
        }
    }
}
