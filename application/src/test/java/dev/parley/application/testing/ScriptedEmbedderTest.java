package dev.parley.application.testing;

import dev.parley.application.port.Embedder;
import dev.parley.application.port.EmbedderContract;

class ScriptedEmbedderTest extends EmbedderContract {

    @Override
    protected Embedder embedder() {
        return new ScriptedEmbedder("words", 512);
    }
}
