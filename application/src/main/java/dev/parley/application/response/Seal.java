package dev.parley.application.response;

import dev.parley.domain.Refusal;
import java.util.Optional;

/**
 * Makes texts unreadable to the clients that carry them for this server, and readable again when they bring them back
 * (responses-api 5.4). The same text is always sealed to the same letters, so that an item looks the same whenever it is
 * shown; whoever has two seals learns from them whether the texts are the same, and nothing else. Safe for use by many
 * threads; nothing blocks.
 */
public sealed interface Seal permits AesSeal, NoSeal {

    /** How many bytes a key has. */
    int KEY_LENGTH = 32;

    /** The context of what a model thought. */
    String THOUGHTS = "reasoning";

    /** The context of the keys to a client's servers of tools. */
    String KEYS = "tool keys";

    /** The context of what stands for a part of a conversation. */
    String SUMMARIES = "compaction";

    /**
     * A seal with a key.
     *
     * @param keyId the name of the key, which stands in every seal
     * @param key the secret, {@value #KEY_LENGTH} bytes
     */
    static Seal of(String keyId, byte[] key) {
        return new AesSeal(keyId, key);
    }

    /**
     * What there is without a key: nothing is sealed or opened.
     *
     * @param remedy what is to be done to have one
     */
    static Seal missing(String remedy) {
        return new NoSeal(remedy);
    }

    /**
     * Does nothing when texts can be sealed.
     *
     * @param field what of the request asks for it
     * @throws Refusal when they can't be
     */
    void requireUsable(String field);

    /**
     * The text, sealed.
     *
     * @param context what it is; it opens in the same one only
     * @throws Refusal when there is no key
     */
    String seal(String context, String text);

    /** The text that was sealed; empty when this key did not seal it in this context, or it was tampered with. */
    Optional<String> open(String context, String sealed);
}
