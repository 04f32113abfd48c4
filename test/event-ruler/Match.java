// Asks Event Ruler, the matcher that EventBridge is built on, whether events match patterns.
// Reads a line of JSON {"pattern": …, "event": …} at a time and answers each with a line: true, false or the error.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Ruler;

public class Match {
    public static void main(String[] arguments) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var json = new ObjectMapper();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode question = json.readTree(line);
            System.out.println(answer(question.get("pattern").toString(), question.get("event").toString()));
        }
    }

    private static String answer(String pattern, String event) {
        try {
            return String.valueOf(Ruler.matchesRule(event, pattern));
        } catch (Exception error) {
            return String.valueOf(error.getMessage()).replace('\n', ' ');
        }
    }
}
