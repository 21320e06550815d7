package dev.parley.inference.openai;

import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.inference.openai.Chunk.CallPiece;
import dev.parley.inference.provider.CallIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of tool calls together and tells of one call after the other, in the order in which they began. The
 * first that is not whole is told as it comes; those behind it wait.
 *
 * <p>Which call a piece belongs to is not always what its index says: engines number every call 0, leave index or id
 * out, or send a new id with each piece.
 */
final class ToolCallAssembler {

    private final CallIds ids;
    private final boolean onlyOne;
    private final Consumer<Delta> out;
    private final List<Call> calls = new ArrayList<>();
    private int current;

    private static final class Call {
        final int index;

        @Nullable
        String id;

        /** The id that it goes by; null until it is told of. */
        @Nullable
        String callId;

        String name = "";
        final StringBuilder arguments = new StringBuilder();
        int told;

        Call(int index) {
            this.index = index;
        }

        /** Looks at the text only when it may be whole: it is asked for each piece. */
        boolean isWhole() {
            int last = arguments.length() - 1;
            while (last >= 0 && Character.isWhitespace(arguments.charAt(last))) {
                last--;
            }
            return last >= 0 && arguments.charAt(last) == '}' && Arguments.isObject(arguments.toString());
        }
    }

    /** @param onlyOne whether the first call is the only one that counts: not every engine heeds that wish itself */
    ToolCallAssembler(CallIds ids, boolean onlyOne, Consumer<Delta> out) {
        this.ids = ids;
        this.onlyOne = onlyOne;
        this.out = out;
    }

    /** Whether a call is told of that is not whole yet. One that is whole is closed first. */
    boolean isOpen() {
        if (current < calls.size()
                && calls.get(current).callId != null
                && calls.get(current).isWhole()) {
            close(calls.get(current));
            current++;
            tell(false);
        }
        return current < calls.size() && calls.get(current).callId != null;
    }

    void accept(CallPiece piece) {
        Call call = callOf(piece);
        if (call.id == null) {
            call.id = piece.id;
        }
        if (piece.name != null && call.callId == null) {
            // repeated, grown or a further part
            call.name = piece.name.startsWith(call.name) ? piece.name : call.name + piece.name;
        }
        String fragment = piece.arguments;
        if (fragment != null && !(call.arguments.isEmpty() && fragment.isBlank())) {
            call.arguments.append(fragment);
            if (current < calls.size() && call == calls.get(current) && call.callId != null) {
                tellArguments(call, fragment);
            }
        }
        tell(false);
    }

    /** Tells the rest. There are no more pieces. */
    void end() {
        tell(true);
    }

    /** Whether there is any. */
    boolean isCalling() {
        return !calls.isEmpty();
    }

    private Call callOf(CallPiece piece) {
        Call before = null;
        for (int at = calls.size() - 1; at >= 0 && before == null; at--) {
            Call call = calls.get(at);
            boolean sameId = piece.id != null && piece.id.equals(call.id);
            if (piece.index == CallPiece.NO_INDEX ? piece.id == null || sameId : piece.index == call.index) {
                before = call;
            }
        }
        if (before == null || beginsAnother(before, piece)) {
            before = new Call(piece.index);
            calls.add(before);
        }
        return before;
    }

    private static boolean beginsAnother(Call call, CallPiece piece) {
        if (piece.name == null) {
            return false;
        }
        if (piece.id != null && call.id != null && !piece.id.equals(call.id)) {
            boolean goesOn = piece.name.equals(call.name) && !call.arguments.isEmpty() && !call.isWhole();
            return !goesOn;
        }
        boolean more = piece.arguments != null && !piece.arguments.isBlank();
        return (more || !piece.name.equals(call.name)) && call.isWhole();
    }

    private void tell(boolean atEnd) {
        while (current < (onlyOne ? Math.min(1, calls.size()) : calls.size())) {
            Call call = calls.get(current);
            boolean others = current + 1 < calls.size();
            if (call.callId == null) {
                // the name may still grow until the arguments begin
                if (!atEnd && (call.name.isEmpty() || (call.arguments.isEmpty() && !others))) {
                    return;
                }
                open(call);
            }
            if (!atEnd && !(others && call.isWhole())) {
                return;
            }
            close(call);
            current++;
        }
    }

    private void open(Call call) {
        if (call.name.isEmpty()) {
            call.name = "unknown"; // so that the model can be told that there is no such tool
        }
        call.callId = ids.claim(call.id);
        out.accept(new Delta.CallOpened(call.callId, call.name));
        tellArguments(call, call.arguments.substring(call.told));
    }

    private void tellArguments(Call call, String fragment) {
        if (!fragment.isEmpty()) {
            call.told += fragment.length();
            out.accept(new Delta.CallArguments(fragment));
        }
    }

    private void close(Call call) {
        ToolArguments arguments = Arguments.of(call.arguments.toString());
        if (call.told == 0) {
            tellArguments(call, arguments.text());
        }
        String callId = call.callId == null ? ids.claim(call.id) : call.callId;
        out.accept(new Delta.CallClosed(new ToolCall(callId, call.name, arguments)));
    }
}
