package io.mixgraph.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3PlaceTest {
    @Test
    void aPlaceIsABucketAPrefixAndParameters() throws Exception {
        assertThat(S3Place.parse("s3://mixes")).isEqualTo(new S3Place("mixes", "", null, null, false));
        assertThat(S3Place.parse("s3://mixes/?")).isEqualTo(new S3Place("mixes", "", null, null, false));
        assertThat(S3Place.parse("s3://mixes//a/b//?region=eu-central-1"))
                .isEqualTo(new S3Place("mixes", "a/b/", "eu-central-1", null, false));
        assertThat(S3Place.parse("s3://mixes?path_style=true&endpoint=http://localhost:9000"))
                .isEqualTo(new S3Place("mixes", "", null, URI.create("http://localhost:9000"), true));
        assertThat(S3Place.parse("s3://mixes?endpoint=https%3A%2F%2Fs3.example.org"))
                .isEqualTo(new S3Place("mixes", "", null, URI.create("https://s3.example.org"), false));
    }

    @Test
    void aPlaceIsShownWithoutItsParameters() throws Exception {
        assertThat(ObjectStore.at("s3://mixes/a?region=eu-central-1")).hasToString("s3://mixes/a/");
        assertThat(ObjectStore.at("s3://mixes/a?endpoint=http://localhost:9000"))
                .hasToString("s3://mixes/a/ at http://localhost:9000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            s3://                                   | '' is no name of a bucket
            s3:///prefix                            | '' is no name of a bucket
            s3://a b/prefix                         | 'a b' is no name of a bucket
            s3://mixes?colour=red                   | 'colour' is no parameter of a place; known are region, endpoint, path_style
            s3://mixes?region                       | region= is no name
            s3://mixes?region=                      | region= is no name
            s3://mixes?region=../x                  | region=../x is no name
            s3://mixes?endpoint=localhost:9000      | endpoint=localhost:9000 is no address such as http://host:9000
            s3://mixes?endpoint=ftp://host          | is no address
            s3://mixes?path_style=yes               | path_style=yes is neither true nor false
            s3://mixes?region=a&region=b            | says region twice
            s3://mixes?region=%zz                   | %zz
            gs://mixes                              | is no place for objects; give a folder or s3://BUCKET
            file:///tmp/objects                     | is no place for objects
            s3:/mixes                               | is no place for objects
            S3:mixes                                | is no place for objects
            " "                                     | is no place for objects
            """)
    void whatIsWrongWithAPlaceIsSaid(String place, String message) {
        assertThatIOException().isThrownBy(() -> ObjectStore.at(place)).withMessageContaining(message);
    }

    @Test
    void credentialsInAPlaceAreRefusedAndNotRepeated() {
        for (String place : List.of("s3://key:hushhush@mixes", "s3://mixes?endpoint=http://key:hushhush@host")) {
            assertThatIOException()
                    .isThrownBy(() -> ObjectStore.at(place))
                    .withMessageContaining("holds no credentials")
                    .withMessageNotContaining("hushhush");
        }
        assertThatIOException()
                .isThrownBy(() -> ObjectStore.at("s3://mixes?secret_access_key=hushhush"))
                .withMessageContaining("'secret_access_key' is no parameter")
                .withMessageNotContaining("hushhush");
    }
}
