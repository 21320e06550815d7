package dev.parley.rest.responses;

import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import java.util.ArrayList;
import java.util.List;

/** Pieces of answers, for tests. */
final class Deltas {

    private Deltas() {}

    /** The pieces, and those of the lists among them. */
    static Delta[] of(Object... piecesAndLists) {
        List<Delta> all = new ArrayList<>();
        for (Object one : piecesAndLists) {
            switch (one) {
                case Delta delta -> all.add(delta);
                case List<?> list -> list.forEach(delta -> all.add((Delta) delta));
                default -> throw new IllegalArgumentException("neither a piece nor a list: " + one);
            }
        }
        return all.toArray(Delta[]::new);
    }

    /** A call whose arguments come in pieces of that size. */
    static List<Delta> call(ToolCall call, int size) {
        List<Delta> pieces = new ArrayList<>();
        pieces.add(new Delta.CallOpened(call.callId(), call.toolName()));
        String text = call.arguments().text();
        for (int start = 0; start < text.length(); start += size) {
            pieces.add(new Delta.CallArguments(text.substring(start, Math.min(text.length(), start + size))));
        }
        pieces.add(new Delta.CallClosed(call));
        return pieces;
    }
}
