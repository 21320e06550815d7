package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSourceTest {

    @Test
    void anAddressIsItself() {
        assertThat(new ImageSource.Uri("https://example.org/a.png").address()).isEqualTo("https://example.org/a.png");
    }

    @ParameterizedTest
    @CsvSource({"/9j/4AAQ, image/jpeg", "R0lGODlh, image/gif", "UklGRhwA, image/webp", "iVBORw0K, image/png"})
    void bytesAreAnAddressWithTheirKind(String base64, String mediaType) {
        assertThat(new ImageSource.Data(base64).address()).isEqualTo("data:" + mediaType + ";base64," + base64);
    }
}
