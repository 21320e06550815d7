package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.DocumentParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Reads what is text in UTF-8, and nothing else. */
public final class ScriptedDocumentParser implements DocumentParser {

    @Override
    public String text(Raw document) throws UnreadableDocument {
        String text;
        try {
            text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(document.content()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new UnreadableDocument("The document is broken");
        }
        if (text.isBlank()) {
            throw new UnreadableDocument("The document has no text in it");
        }
        return text;
    }
}
