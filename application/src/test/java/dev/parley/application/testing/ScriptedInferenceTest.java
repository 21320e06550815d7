package dev.parley.application.testing;

import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceContract;

class ScriptedInferenceTest extends InferenceContract {

    @Override
    protected Inference inference(ModelScript... script) {
        return new ScriptedInference().then(script);
    }
}
