package dev.parley.rest.trace;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a request in the log and in the {@value #HEADER} of its answer: 32 hexadecimal digits, as W3C Trace Context has them. */
public record TraceId(String value) {

    public static final String HEADER = "x-trace-id";

    /** The name under which a thread's log lines carry it. */
    public static final String LOG_KEY = "trace";

    private static final String ATTRIBUTE = TraceId.class.getName();
    private static final String PARENT = "traceparent";
    private static final Pattern W3C = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    public TraceId {
        requireNonNull(value, "value");
    }

    /** The request's id: the caller's trace when the request belongs to one, else a new one; the same at every call. */
    public static TraceId of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, TraceId.class).orElseGet(() -> {
            TraceId id = begin(request.getHeaders());
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }

    private static TraceId begin(HttpHeaders headers) {
        String parent = headers.get(PARENT);
        if (parent != null) {
            Matcher trace = W3C.matcher(parent);
            if (trace.matches()) {
                return new TraceId(trace.group(1));
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return new TraceId(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }
}
