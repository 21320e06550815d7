package dev.parley.application.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Tools.Output;
import dev.parley.domain.tool.ShellOutput;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cuts what commands in a shell have said when it is too large for a model. It is cut command by command, because the client
 * reads the whole as JSON: how each has ended stays, and the short outputs stay beside the long ones.
 */
final class ShellSize {

    private static final int ESCAPED = "\\n".length();
    private static final int ESCAPED_BY_NUMBER = "\\u0000".length();

    private final int limit;
    private final int longest;

    /** @param longest so much is left of each output, in bytes */
    private ShellSize(int limit, int longest) {
        this.limit = limit;
        this.longest = longest;
    }

    /** The output with so many bytes of what commands have said at most, but for the sentences that say that there were more. */
    static Output limited(Output output, int limit) {
        if (output.content().text().getBytes(UTF_8).length <= limit) {
            return output;
        }
        ShellOutput whole = ShellOutput.read(output.content())
                .orElseGet(() -> ShellOutput.failed("what the shell has answered is too large, and can't be read"));
        return new Output(limited(whole, limit).content(), output.metadata(), output.sources());
    }

    private static ShellOutput limited(ShellOutput whole, int limit) {
        List<Integer> sizes = whole.ran().stream()
                .flatMap(ran -> Stream.of(ran.stdout(), ran.stderr()))
                .map(ShellSize::size)
                .sorted()
                .toList();
        ShellSize size = new ShellSize(limit, share(sizes, limit));
        return new ShellOutput(whole.ran().stream().map(size::cut).toList(), whole.maxLength());
    }

    /** How much each may have, when what the shorter ones do not need is for the longer ones. */
    private static int share(List<Integer> ascending, int limit) {
        int left = limit;
        for (int index = 0; index < ascending.size(); index++) {
            int share = left / (ascending.size() - index);
            if (ascending.get(index) > share) {
                return share;
            }
            left -= ascending.get(index);
        }
        return limit;
    }

    private ShellOutput.Ran cut(ShellOutput.Ran ran) {
        return new ShellOutput.Ran(cut(ran.stdout()), cut(ran.stderr()), ran.outcome());
    }

    private String cut(String text) {
        int size = 0;
        for (int end = 0; end < text.length(); end = text.offsetByCodePoints(end, 1)) {
            size += size(text.codePointAt(end));
            if (size > longest) {
                return "%s\n[This output was cut: it is too large for the %d bytes that a model is given of one result. Ask for less of it.]"
                        .formatted(text.substring(0, end), limit);
            }
        }
        return text;
    }

    private static int size(String text) {
        return text.codePoints().map(ShellSize::size).sum();
    }

    /** In bytes, in a string of JSON. */
    private static int size(int codePoint) {
        return switch (codePoint) {
            case '"', '\\', '\n', '\r', '\t' -> ESCAPED;
            default ->
                codePoint < ' '
                        ? ESCAPED_BY_NUMBER
                        : Character.toString(codePoint).getBytes(UTF_8).length;
        };
    }
}
