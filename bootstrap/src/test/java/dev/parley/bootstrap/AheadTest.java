package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AheadTest {

    /** A library that moves a class would make its line useless, and nobody would notice. */
    @Test
    void everyClassIsThere() {
        List<String> missing =
                Ahead.CLASSES.stream().filter(name -> !isThere(name)).toList();

        assertThat(Ahead.CLASSES).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, AheadTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }
}
