package io.amalgam.policy.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading of one JSON object from a file, with errors that name the file. */
final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonFile() {}

  static JsonNode read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new TokenizerException(file, "there is no such file", e);
    } catch (JsonProcessingException e) {
      throw new TokenizerException(file, "is not JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new TokenizerException(file, "cannot be read: " + e.getMessage(), e);
    }
    if (!root.isObject()) {
      throw new TokenizerException(file, "is not a JSON object");
    }
    return root;
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
