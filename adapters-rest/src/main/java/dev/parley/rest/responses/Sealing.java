package dev.parley.rest.responses;

/** Makes a text unreadable to the client that is to carry it for this server. */
@FunctionalInterface
interface Sealing {

    /** What the thoughts of a model are sealed as. */
    String THOUGHTS = "reasoning";

    /** What stands for a part of a conversation is sealed as this. */
    String SUMMARIES = "compaction";

    /** @param context what kind of text it is; the seal opens as the same kind only */
    String seal(String context, String text);
}
