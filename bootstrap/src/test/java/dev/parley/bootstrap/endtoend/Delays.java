package dev.parley.bootstrap.endtoend;

import java.util.Arrays;

/** Delays that several threads measure, and how they are spread. */
final class Delays {

    private long[] nanos = new long[1 << 16];
    private int count;

    synchronized void add(long delay) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = delay;
    }

    @Override
    public synchronized String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return "p50 %7.2f ms   p90 %7.2f ms   p99 %7.2f ms   max %7.2f ms   (%d)"
                .formatted(at(sorted, 0.50), at(sorted, 0.90), at(sorted, 0.99), at(sorted, 1), count);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
    }
}
