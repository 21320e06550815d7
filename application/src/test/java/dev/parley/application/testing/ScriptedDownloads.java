package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Downloads;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Addresses that bring what they were told to bring; all others bring nothing. */
public final class ScriptedDownloads implements Downloads {

    private final Map<String, Download> contents = new LinkedHashMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();

    /** Has an address bring something. */
    public ScriptedDownloads with(String url, String mediaType, byte[] content) {
        String path = url.split("[?#]", 2)[0];
        contents.put(
                url,
                new Download(
                        content.clone(),
                        Optional.of(mediaType),
                        Optional.of(path.substring(path.lastIndexOf('/') + 1)).filter(name -> !name.isEmpty())));
        return this;
    }

    /** The addresses that were asked for, in their order. */
    public List<String> fetched() {
        return List.copyOf(fetched);
    }

    @Override
    public Download fetch(String url, Cancellation cancellation) throws DownloadFailed {
        fetched.add(url);
        if (cancellation.requested().isPresent()) {
            throw new DownloadFailed("'%s' could not be fetched: the request was called off".formatted(url));
        }
        if (url.toLowerCase(Locale.ROOT).startsWith("data:")) {
            return data(url);
        }
        Download download = contents.get(url);
        if (download == null) {
            throw new DownloadFailed("'%s' could not be fetched: there is nothing".formatted(url));
        }
        return download;
    }

    private static Download data(String url) throws DownloadFailed {
        int comma = url.indexOf(',');
        if (comma < 0) {
            throw new DownloadFailed("'%s' could not be fetched: it has no comma".formatted(url));
        }
        String head = url.substring("data:".length(), comma);
        String data = url.substring(comma + 1);
        boolean base64 = head.endsWith(";base64");
        try {
            byte[] content = base64
                    ? Base64.getDecoder().decode(data)
                    : URLDecoder.decode(data.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
            String type = head.replaceFirst(";base64$", "").toLowerCase(Locale.ROOT);
            String whole = type.isEmpty() || type.startsWith(";") ? "text/plain" + type : type;
            return new Download(content, Optional.of(whole), Optional.empty());
        } catch (IllegalArgumentException _) {
            throw new DownloadFailed("'data:…' could not be fetched: its data can't be read");
        }
    }
}
