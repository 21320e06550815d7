package dev.parley.tools.outgoing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Downloads;
import java.util.Locale;

/** Fetches documents and files of users' addresses, over the guarded client and within limits. */
public final class GuardedDownloads implements Downloads {

    private static final String DATA = "data:";

    private final Outgoing outgoing;
    private final LimitSettings limits;

    GuardedDownloads(Outgoing outgoing, LimitSettings limits) {
        this.outgoing = outgoing;
        this.limits = limits;
    }

    @Override
    public Download fetch(String url, Cancellation cancellation) throws DownloadFailed {
        String address = url.strip();
        try {
            if (address.regionMatches(true, 0, DATA, 0, DATA.length())) {
                return DataUrl.decode(address.substring(DATA.length()), limits.maxSize());
            }
            return new Fetch(outgoing, limits, Target.parse(address), cancellation).run();
        } catch (Refused refused) {
            throw failed(address, refused.explanation());
        }
    }

    /** Shows of the address what its owner will know it by, and no more: what follows may be long, or a secret. */
    private static DownloadFailed failed(String address, String why) {
        int end = address.toLowerCase(Locale.ROOT).startsWith(DATA) ? DATA.length() : firstOf(address, '?', '#');
        String shown = address.substring(0, Math.min(end, 200));
        return new DownloadFailed(
                "'%s%s' could not be fetched: %s".formatted(shown, shown.length() < address.length() ? "…" : "", why));
    }

    private static int firstOf(String text, char one, char other) {
        int index = 0;
        while (index < text.length() && text.charAt(index) != one && text.charAt(index) != other) {
            index++;
        }
        return index;
    }
}
