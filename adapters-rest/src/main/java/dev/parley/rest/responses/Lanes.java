package dev.parley.rest.responses;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Has work done in lanes: in each lane one after the other, in all lanes beside each other. What waits is bounded. A lane is
 * there only while it has work, each piece of which is done on a thread of its own.
 */
final class Lanes {

    private final int mostLanes;
    private final int mostWaiting;
    private final long mostBytes;

    // Guarded by this.
    private final Map<String, Queue<Work>> busy = new HashMap<>();
    private long waitingBytes;

    private record Work(Runnable action, int bytes) {}

    /**
     * @param mostLanes how many lanes may have work at a time
     * @param mostWaiting how much work may wait in one lane
     * @param mostBytes how large all that waits may be together; a single one may be larger
     */
    Lanes(int mostLanes, int mostWaiting, long mostBytes) {
        this.mostLanes = mostLanes;
        this.mostWaiting = mostWaiting;
        this.mostBytes = mostBytes;
    }

    /**
     * Has the action run on a thread of its own, once all that is in the lane has been done. Does not block.
     *
     * @param bytes how large it is while it waits
     * @return false when too much waits, and this is not taken
     */
    synchronized boolean add(String lane, int bytes, Runnable action) {
        Queue<Work> waiting = busy.get(lane);
        if (waiting == null) {
            if (busy.size() == mostLanes) {
                return false;
            }
            busy.put(lane, new ArrayDeque<>());
            start(lane, action);
            return true;
        }
        if (waiting.size() == mostWaiting || (waitingBytes > 0 && waitingBytes + bytes > mostBytes)) {
            return false;
        }
        waitingBytes += bytes;
        return waiting.add(new Work(action, bytes));
    }

    private void work(String lane, Runnable first) {
        try {
            first.run();
        } finally {
            next(lane).ifPresent(next -> start(lane, next.action()));
        }
    }

    private void start(String lane, Runnable action) {
        Thread.ofVirtual().name("lane of a socket").start(() -> work(lane, action));
    }

    private synchronized Optional<Work> next(String lane) {
        Optional<Work> next = Optional.ofNullable(busy.get(lane)).map(Queue::poll);
        next.ifPresentOrElse(work -> waitingBytes -= work.bytes(), () -> busy.remove(lane));
        return next;
    }
}
