package dev.parley.inference.provider;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no id of a call occurs twice, in an answer and the conversation before it, and that none is longer than
 * providers take.
 */
public final class CallIds {

    /** What OpenAI takes. */
    private static final int LONGEST = 40;

    private static final int DIGITS = 32;

    /** Nine letters and digits: the one form that Mistral's templates take, and nobody minds. */
    private static final int LENGTH = 9;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Set<String> taken = new HashSet<>();
    private final RandomGenerator random;

    public CallIds(InferenceRequest request, RandomGenerator random) {
        this.random = random;
        for (Message message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> {
                    taken.add(call.callId());
                    taken.add(sent(call.callId()));
                });
            }
        }
    }

    /**
     * The id as providers are told it: always the same for the same id, and itself unless it is too long. Clients may bring
     * longer ones, and a call that a person was asked about has the id of the question.
     */
    public static String sent(String callId) {
        return callId.length() <= LONGEST ? callId : "call_" + digest(callId).substring(0, DIGITS);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** The proposed id if it is free, else a new one. */
    public String claim(@Nullable String proposed) {
        if (proposed != null && taken.add(proposed)) {
            return proposed;
        }
        while (true) {
            String minted = mint();
            if (taken.add(minted)) {
                return minted;
            }
        }
    }

    private String mint() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int place = 0; place < LENGTH; place++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
