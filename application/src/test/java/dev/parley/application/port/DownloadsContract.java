package dev.parley.application.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Downloads.Download;
import dev.parley.application.port.Downloads.DownloadFailed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every way to fetch addresses does. */
public abstract class DownloadsContract {

    private Downloads downloads;

    protected abstract Downloads downloads();

    /** An address that ends in {@code /notes.txt?v=1} and brings {@code Hällo} as {@code text/plain; charset=utf-8}. */
    protected abstract String notes();

    /** An address at which there is nothing. */
    protected abstract String nothing();

    @BeforeEach
    final void open() {
        downloads = downloads();
    }

    @Test
    void anAddressBringsItsContentWithTypeAndName() throws DownloadFailed {
        Download download = downloads.fetch(notes(), new Cancellation());

        assertThat(new String(download.content(), UTF_8)).isEqualTo("Hällo");
        assertThat(download.mediaType()).contains("text/plain; charset=utf-8");
        assertThat(download.mediaTypeAs("text/markdown")).isEqualTo("text/markdown; charset=utf-8");
        assertThat(download.mediaTypeAs("text/html;charset=x")).isEqualTo("text/html;charset=x");
        assertThat(download.name()).contains("notes.txt");
    }

    @Test
    void aDataAddressIsWhatItStandsFor() throws DownloadFailed {
        Download plain = downloads.fetch("data:,a%20b+c", new Cancellation());
        Download typed = downloads.fetch("DATA:Text/Markdown;charset=utf-8;base64,SMOkbGxv", new Cancellation());

        assertThat(new String(plain.content(), UTF_8)).isEqualTo("a b+c");
        assertThat(plain.mediaType()).contains("text/plain");
        assertThat(new String(typed.content(), UTF_8)).isEqualTo("Hällo");
        assertThat(typed.mediaType()).contains("text/markdown;charset=utf-8");
        assertThat(typed.name()).isEmpty();
        assertThat(downloads.fetch("data:;charset=x,a", new Cancellation()).mediaType())
                .contains("text/plain;charset=x");
        assertThat(plain.mediaTypeAs("text/html")).isEqualTo("text/html");
    }

    @Test
    void whatBringsNothingSaysWhy() {
        assertThat(refused(nothing())).contains(nothing());
        assertThat(refused("data:;base64,###")).contains("data:");
        assertThat(refused("data:no-comma")).contains("data:");
    }

    @Test
    void otherSchemesAreNotFetched() {
        for (String url :
                new String[] {"file:///etc/passwd", "ftp://example.com/x", "gopher://example.com/", "x", ""}) {
            assertThat(refused(url)).contains(url);
        }
    }

    @Test
    void whatWasCalledOffIsNotFetched() {
        Cancellation cancellation = new Cancellation();
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        DownloadFailed failed =
                catchThrowableOfType(DownloadFailed.class, () -> downloads.fetch(notes(), cancellation));

        assertThat(failed.explanation()).contains("called off");
    }

    private String refused(String url) {
        DownloadFailed failed =
                catchThrowableOfType(DownloadFailed.class, () -> downloads.fetch(url, new Cancellation()));
        return failed.explanation();
    }
}
