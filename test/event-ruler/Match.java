// Asks Event Ruler, the matcher that EventBridge is built on, whether events match patterns, and how complex patterns are.
// Reads a line of JSON {"pattern": …, "event": …} at a time and answers each with a line: true, false or the error; of a
// pattern without an event the complexity, which wildcards make and EventBridge refuses rules for.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;
import software.amazon.event.ruler.Ruler;

public class Match {
    public static void main(String[] arguments) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var json = new ObjectMapper();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode question = json.readTree(line);
            String pattern = question.get("pattern").toString();
            JsonNode event = question.get("event");
            System.out.println(event == null ? complexity(pattern) : answer(pattern, event.toString()));
        }
    }

    private static String complexity(String pattern) {
        try {
            var machine = Machine.builder().build();
            machine.addRule("rule", pattern);
            return String.valueOf(machine.evaluateComplexity(new MachineComplexityEvaluator(100)));
        } catch (Exception error) {
            return reason(error);
        }
    }

    private static String reason(Exception error) {
        return String.valueOf(error.getMessage()).replace('\n', ' ');
    }

    private static String answer(String pattern, String event) {
        try {
            return String.valueOf(Ruler.matchesRule(event, pattern));
        } catch (Exception error) {
            return reason(error);
        }
    }
}
