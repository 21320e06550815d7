package dev.parley.domain.turn;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what is told of an answer while it comes, for the case that it breaks off: only then is it known by nothing else. Used
 * by one thread.
 */
public final class AnswerSoFar {

    private enum Kind {
        NOTHING,
        THOUGHT,
        SPOKEN,
        REFUSED,
        CALL
    }

    private final List<Passage> whole = new ArrayList<>();
    private Kind open = Kind.NOTHING;

    /** The text of what is open, or the arguments of the open call. */
    private final StringBuilder text = new StringBuilder();

    private final StringBuilder scores = new StringBuilder(0);
    private boolean scored;
    private List<Citation> citations = List.of();
    private String callId = "";
    private String toolName = "";

    public void add(Delta delta) {
        switch (delta) {
            case Delta.Text(String piece) -> grow(Kind.SPOKEN, piece);
            case Delta.ScoredText(String piece, JsonText itsScores) -> {
                grow(Kind.SPOKEN, piece);
                score(itsScores);
            }
            case Delta.Cited(Citation citation) -> cite(citation);
            case Delta.Refused(String piece) -> grow(Kind.REFUSED, piece);
            case Delta.Reasoning(String piece) -> grow(Kind.THOUGHT, piece);
            case Delta.CallOpened(String id, String name) -> {
                close();
                open = Kind.CALL;
                callId = id;
                toolName = name;
            }
            case Delta.CallArguments(String fragment) -> {
                if (open == Kind.CALL) {
                    text.append(fragment);
                }
            }
            case Delta.CallClosed(ToolCall call) -> {
                if (open == Kind.CALL && callId.equals(call.callId())) {
                    forget();
                }
                close();
                whole.add(new Passage.Called(call));
            }
            case Delta.CallRunning _, Delta.PartialImage _ -> {
                // these are told of tools
            }
        }
    }

    /** All of it. */
    public PartialAnswer told() {
        return new PartialAnswer(whole, opened());
    }

    private void grow(Kind kind, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (open != kind) {
            close();
            open = kind;
        }
        text.append(piece);
    }

    private void score(JsonText array) {
        if (open == Kind.SPOKEN) {
            scored = true;
            String list = array.text().strip();
            String elements = list.substring(1, list.length() - 1).strip();
            if (!elements.isEmpty()) {
                scores.append(scores.isEmpty() ? "" : ",").append(elements);
            }
        }
    }

    private void cite(Citation citation) {
        if (open == Kind.SPOKEN) {
            if (citations.isEmpty()) {
                citations = new ArrayList<>();
            }
            citations.add(citation);
        }
    }

    private void close() {
        opened().ifPresent(whole::add);
        forget();
    }

    private void forget() {
        open = Kind.NOTHING;
        text.setLength(0);
        scores.setLength(0);
        scored = false;
        citations = List.of();
    }

    private Optional<Passage> opened() {
        return switch (open) {
            case NOTHING -> Optional.empty();
            case THOUGHT -> Optional.of(new Passage.Thought(text.toString()));
            case SPOKEN ->
                Optional.of(new Passage.Spoken(
                        text.toString(),
                        scored ? Optional.of(new JsonText("[" + scores + "]")) : Optional.empty(),
                        citations));
            case REFUSED -> Optional.of(new Passage.Refused(text.toString()));
            case CALL ->
                Optional.of(new Passage.Called(
                        new ToolCall(callId, toolName, new ToolArguments.Malformed(text.toString()))));
        };
    }
}
