package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Downloads;
import dev.parley.application.port.DownloadsContract;

class ScriptedDownloadsTest extends DownloadsContract {

    @Override
    protected Downloads downloads() {
        return new ScriptedDownloads().with(notes(), "text/plain; charset=utf-8", "Hällo".getBytes(UTF_8));
    }

    @Override
    protected String notes() {
        return "https://example.com/notes.txt?v=1";
    }

    @Override
    protected String nothing() {
        return "https://example.com/nothing";
    }
}
