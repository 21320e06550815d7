package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The body of a form as clients send it, byte by byte, with what no client library would send. */
final class Form {

    static final String TYPE = "multipart/form-data; boundary=cut";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** A file for assistants. */
    static Form of(String filename, String content) {
        return new Form().file(filename, content.getBytes(UTF_8)).field("purpose", "assistants");
    }

    Form field(String name, String value) {
        return part("name=\"" + name + '"', "", value.getBytes(UTF_8));
    }

    Form file(String filename, byte[] content) {
        return part("name=\"file\"; filename=\"" + filename + '"', "Content-Type: text/plain\r\n", content);
    }

    /** @param headers beside the disposition, each with its line's end */
    Form part(String disposition, String headers, byte[] content) {
        body.writeBytes("--cut\r\nContent-Disposition: form-data; %s\r\n%s\r\n"
                .formatted(disposition, headers)
                .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }

    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes("--cut--\r\n".getBytes(UTF_8));
        return whole.toByteArray();
    }
}
