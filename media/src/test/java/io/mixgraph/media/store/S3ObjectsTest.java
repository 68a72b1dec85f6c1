package io.mixgraph.media.store;

import org.junit.jupiter.api.BeforeEach;

/** The contract, at a service. */
class S3ObjectsTest extends ObjectStoreContract {
    private String bucket = "";

    @BeforeEach
    void makeBucket() throws Exception {
        bucket = S3Mock.bucket();
    }

    @Override
    String place() {
        return "s3://" + bucket + "/mixes/of?path_style=true&endpoint=" + S3Mock.endpoint();
    }

    @Override
    void plant(String path, byte[] bytes) throws Exception {
        S3Mock.send("PUT", bucket + "/mixes/of/" + path, bytes);
    }

    /** In one part: with an upload in parts that is aborted, S3Mock, unlike a service, takes away the object itself. */
    @Override
    int contestedBytes() {
        return 300_000;
    }
}
