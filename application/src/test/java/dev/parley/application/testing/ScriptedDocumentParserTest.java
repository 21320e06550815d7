package dev.parley.application.testing;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParserContract;

class ScriptedDocumentParserTest extends DocumentParserContract {

    @Override
    protected DocumentParser parser() {
        return new ScriptedDocumentParser();
    }
}
