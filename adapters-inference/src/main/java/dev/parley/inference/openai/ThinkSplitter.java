package dev.parley.inference.openai;

import dev.parley.inference.provider.Profile.ThinkTags;

/**
 * Tells a model's reasoning from its answer where the engine has left the tags in the text. What may become a tag is held
 * back until it is clear; white space next to a tag belongs to it.
 */
final class ThinkSplitter {

    private static final String OPENING = "<think>";
    private static final String CLOSING = "</think>";

    private enum State {
        BEFORE,
        INSIDE,
        AFTER
    }

    /** Where the two go. */
    interface Sink {
        void text(String text);

        void reasoning(String text);
    }

    private final ThinkTags tags;
    private final Sink sink;
    private State state;
    private boolean reasoned;
    private String held = "";

    ThinkSplitter(ThinkTags tags, Sink sink) {
        this.tags = tags;
        this.sink = sink;
        this.state = tags == ThinkTags.IGNORE ? State.AFTER : State.BEFORE;
    }

    void accept(String piece) {
        if (state == State.AFTER) {
            sink.text(piece);
            return;
        }
        String text = held.isEmpty() ? piece : held + piece;
        held = "";
        if (state == State.BEFORE) {
            begin(text);
        } else {
            think(text);
        }
    }

    /** Whether what comes is reasoning, or a tag. */
    boolean isThinking() {
        return state == State.INSIDE;
    }

    /** The engine tells reasoning apart by itself: tags are text from now on. */
    void leaveTags() {
        if (state == State.BEFORE) {
            end();
            state = State.AFTER;
        }
    }

    /** Lets go of what is held. */
    void end() {
        String rest = held;
        held = "";
        if (rest.isEmpty()) {
            return;
        }
        if (state == State.INSIDE) {
            reason(rest.stripTrailing());
        } else {
            sink.text(rest);
        }
    }

    private void begin(String text) {
        String begun = text.stripLeading();
        if (begun.startsWith(OPENING)) {
            state = State.INSIDE;
            think(begun.substring(OPENING.length()));
        } else if (OPENING.startsWith(begun)) {
            held = text;
        } else if (tags == ThinkTags.OPENED) {
            state = State.INSIDE;
            think(text);
        } else {
            state = State.AFTER;
            sink.text(text);
        }
    }

    private void think(String text) {
        int closing = text.indexOf(CLOSING);
        if (closing >= 0) {
            reason(text.substring(0, closing).stripTrailing());
            state = State.AFTER;
            String rest = text.substring(closing + CLOSING.length());
            if (!rest.isEmpty()) {
                sink.text(rest);
            }
            return;
        }
        int clear = clearOfClosing(text);
        held = text.substring(clear);
        reason(text.substring(0, clear));
    }

    private void reason(String text) {
        String thought = reasoned ? text : text.stripLeading();
        if (!thought.isEmpty()) {
            reasoned = true;
            sink.reasoning(thought);
        }
    }

    /** Up to where the text is surely neither the beginning of the tag nor white space before it. */
    private static int clearOfClosing(String text) {
        int end = text.length();
        for (int length = Math.min(CLOSING.length() - 1, text.length()); length > 0; length--) {
            if (CLOSING.startsWith(text.substring(text.length() - length))) {
                end = text.length() - length;
                break;
            }
        }
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
