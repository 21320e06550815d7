package dev.parley.inference.provider;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Tokenizer;
import java.util.List;

/** One place where models run. The model of a request is the provider's own name of it. */
public interface Provider extends AutoCloseable {

    /** What the configuration calls it. */
    String name();

    /** The kind of provider, as the configuration names it. */
    String type();

    /** Where it is, without credentials; empty when it is in this process. */
    String endpoint();

    /** What {@link Inference#infer} is to all models, for those of this provider. */
    Inference.Answer answer(InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff;

    /**
     * Whether the engine holds the answer to the schema that the request asks for while it writes it. Where it is not sure that
     * it does, it does not.
     */
    boolean enforcesSchema(InferenceRequest request);

    /** What {@link ChatProxy#forward} is to all models, for those of this provider. */
    void forward(ForwardedRequest request, ChatProxy.Receiver receiver, Cancellation cancellation) throws BrokenOff;

    /** What {@link Tokenizer#count} is to all models, for those of this provider. */
    long tokens(InferenceRequest request);

    /**
     * The names of the models that it has, in its own order; empty where it does not tell. Blocks while it is asked, some
     * seconds at most.
     *
     * @throws BrokenOff when it can't be asked, with what is wrong
     */
    List<String> models() throws BrokenOff;

    /** Gives back what it holds. Answers under way break off. */
    @Override
    void close();
}
