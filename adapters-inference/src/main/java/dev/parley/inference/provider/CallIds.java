package dev.parley.inference.provider;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sees to it that no id of a call occurs twice, in an answer and the conversation before it. */
public final class CallIds {

    /** Nine letters and digits: the one form that Mistral's templates take, and nobody minds. */
    private static final int LENGTH = 9;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Set<String> taken = new HashSet<>();
    private final RandomGenerator random;

    public CallIds(InferenceRequest request, RandomGenerator random) {
        this.random = random;
        for (Message message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> taken.add(call.callId()));
            }
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
