package dev.parley.tools.outgoing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Downloads.Download;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses that are what they stand for (RFC 2397). */
final class DataUrl {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private DataUrl() {}

    /** @param text what follows the scheme */
    static Download decode(String text, long most) throws Refused {
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw new Refused("it is no data: address, which has a comma before its data");
        }
        String[] head = text.substring(0, comma).split(";", -1);
        boolean base64 = head.length > 1 && head[head.length - 1].strip().equalsIgnoreCase("base64");
        String data = text.substring(comma + 1);
        if (data.length() > (base64 ? most / 3 * 4 + 8 : 3 * most)) {
            throw Bounded.tooLarge(most);
        }
        byte[] content = base64 ? base64(data) : percent(data);
        if (content.length > most) {
            throw Bounded.tooLarge(most);
        }
        String type = head[0].strip().toLowerCase(Locale.ROOT);
        head[0] = type.isEmpty() ? "text/plain" : type;
        String mediaType =
                Arrays.stream(head, 0, head.length - (base64 ? 1 : 0)).collect(Collectors.joining(";"));
        return new Download(content, Optional.of(mediaType), Optional.empty());
    }

    private static byte[] base64(String data) throws Refused {
        try {
            String plain = data.indexOf('%') < 0 ? data : new String(percent(data), ISO_8859_1);
            String alphabet = plain.replace('-', '+').replace('_', '/');
            return Base64.getDecoder().decode(BLANKS.matcher(alphabet).replaceAll(""));
        } catch (IllegalArgumentException _) {
            throw new Refused("its data is no base64");
        }
    }

    private static byte[] percent(String data) throws Refused {
        try {
            // a plus stands for itself here, and bytes go through as they are
            String bytes =
                    URLDecoder.decode(new String(data.getBytes(UTF_8), ISO_8859_1).replace("+", "%2B"), ISO_8859_1);
            return bytes.getBytes(ISO_8859_1);
        } catch (IllegalArgumentException _) {
            throw new Refused("its data has a percent sign that two hexadecimal digits do not follow");
        }
    }
}
