package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A form of multipart/form-data (RFC 7578), taken apart here because the HTTP server's own reader has blanks for the commas,
 * colons and semicolons of a filename, and by that name clients and answers speak of a file.
 */
final class UploadForm {

    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_HEAD = 8_192;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final List<Part> parts;

    private UploadForm(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * A part of the form.
     *
     * @param filename empty for what is no file
     * @param mediaType without its parameters
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record Part(String name, Optional<String> filename, Optional<String> mediaType, byte[] content) {

        String text() {
            return new String(content, UTF_8);
        }
    }

    /** @throws Refusal when the body is no whole form */
    static UploadForm of(HttpRequest<byte[]> request) {
        String boundary = request.getContentType()
                .flatMap(type -> type.getParameters().get("boundary"))
                .map(UploadForm::unquoted)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_BOUNDARY)
                .orElseThrow(UploadForm::malformed);
        return new UploadForm(parts(request.getBody().orElseGet(() -> new byte[0]), boundary));
    }

    /** The first part of that name. */
    Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static List<Part> parts(byte[] body, String boundary) {
        byte[] delimiter = ("\r\n--" + boundary).getBytes(UTF_8);
        List<Part> parts = new ArrayList<>();
        // the first delimiter may be the very beginning, without the end of a line before it
        int at = startsWith(body, Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length), 0)
                ? delimiter.length - LINE_END.length
                : behind(body, delimiter, 0, body.length);
        while (!isLast(body, at)) {
            int head = behind(body, LINE_END, at, body.length);
            // a part without any header begins with the empty line
            int content = behind(body, HEAD_END, head - LINE_END.length, head + LONGEST_HEAD);
            int next = behind(body, delimiter, content - LINE_END.length, body.length);
            parts.add(part(
                    new String(body, head, Math.max(0, content - HEAD_END.length - head), UTF_8),
                    Arrays.copyOfRange(body, content, Math.max(content, next - delimiter.length))));
            at = next;
        }
        return parts;
    }

    private static boolean isLast(byte[] body, int at) {
        return startsWith(body, new byte[] {'-', '-'}, at);
    }

    private static Part part(String head, byte[] content) {
        String disposition = header(head, "content-disposition").orElseThrow(UploadForm::malformed);
        DispositionParams params = DispositionParams.of(disposition);
        return new Part(
                params.get("name").orElseThrow(UploadForm::malformed),
                params.filename(),
                header(head, "content-type")
                        .map(type -> type.split(";", 2)[0].strip())
                        .filter(type -> !type.isEmpty()),
                content);
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).strip());
    }

    /** The place behind the next occurrence, which has to begin before the end. */
    private static int behind(byte[] body, byte[] wanted, int from, int end) {
        for (int place = from; place < Math.min(end, body.length); place++) {
            if (body[place] == wanted[0] && startsWith(body, wanted, place)) {
                return place + wanted.length;
            }
        }
        throw malformed();
    }

    private static boolean startsWith(byte[] body, byte[] wanted, int place) {
        return place + wanted.length <= body.length
                && Arrays.equals(body, place, place + wanted.length, wanted, 0, wanted.length);
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static Refusal malformed() {
        return Refusal.of(
                Refusal.Code.INVALID,
                "The form is malformed or not complete; send file and purpose as " + MediaType.MULTIPART_FORM_DATA);
    }
}
