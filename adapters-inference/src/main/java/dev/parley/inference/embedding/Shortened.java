package dev.parley.inference.embedding;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.inference.provider.WholeText;

/** Texts cut to a number of tokens, by OpenAI's encoding, which is near enough for other models'. */
final class Shortened {

    /** Tokens are longer than this nowhere but in runs of one character. */
    private static final int LONGEST_USUAL_TOKEN = 16;

    private Shortened() {}

    /** The text with nothing in it that has no encoding, and behind the last token nothing. */
    static String of(String text, int maxTokens) {
        // no token is shorter than a byte
        if (3L * text.length() <= maxTokens) {
            return WholeText.of(text);
        }
        long mostCharacters = (long) maxTokens * LONGEST_USUAL_TOKEN;
        String looked = WholeText.of(text.length() <= mostCharacters ? text : text.substring(0, (int) mostCharacters));
        EncodingResult result = Loaded.CL100K.encodeOrdinary(looked, maxTokens);
        return result.isTruncated() ? Loaded.CL100K.decode(result.getTokens()) : looked;
    }

    /** Read with the first long text. */
    private static final class Loaded {
        static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }
}
