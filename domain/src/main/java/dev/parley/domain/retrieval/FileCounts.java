package dev.parley.domain.retrieval;

/** How the files of a store or batch stand. */
public record FileCounts(long inProgress, long completed, long failed, long cancelled) {

    /** No files at all. */
    public static final FileCounts NONE = new FileCounts(0, 0, 0, 0);

    public long total() {
        return inProgress + completed + failed + cancelled;
    }
}
