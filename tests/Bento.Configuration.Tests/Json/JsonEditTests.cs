using System.Text.Json;
using Bento.Configuration.Json;

namespace Bento.Configuration.Tests.Json;

public sealed class JsonEditTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string, string> Additions => new()
    {
        { "{}", "{\n  \"hosts\": {\n    \"web\": 1\n  }\n}" },
        { "{ \"fleet\": \"x\" }", "{ \"fleet\": \"x\", \"hosts\": {\n  \"web\": 1\n} }" },
        { "{\n  \"fleet\": \"x\" // ours\n}\n", "{\n  \"fleet\": \"x\", // ours\n  \"hosts\": {\n    \"web\": 1\n  }\n}\n" },
        { "{\n  \"hosts\": {}\n}", "{\n  \"hosts\": {\n    \"web\": 1\n  }\n}" },
        { "{\n  \"hosts\": {\n    // none yet\n  }\n}", "{\n  \"hosts\": {\n    // none yet\n    \"web\": 1\n  }\n}" },
        { "{\n\t\"hosts\": {\n\t\t\"a\": {},\n\t},\n}", "{\n\t\"hosts\": {\n\t\t\"a\": {},\n\t\t\"web\": 1,\n\t},\n}" },
        {
            "{\r\n  \"hosts\": {\r\n    \"a\": { \"tags\": [\"}\"] }\r\n  }\r\n}\r\n",
            "{\r\n  \"hosts\": {\r\n    \"a\": { \"tags\": [\"}\"] },\r\n    \"web\": 1\r\n  }\r\n}\r\n"
        },
        { "{ \"hosts\": { \"a\": {} } }", "{ \"hosts\": { \"a\": {}, \"web\": 1 } }" },
        {
            "{\n  \"hosts\": {\n    \"ä\": {} /* , */\n    // the last\n  }\n}",
            "{\n  \"hosts\": {\n    \"ä\": {}, /* , */\n    // the last\n    \"web\": 1\n  }\n}"
        },
    };

    public static TheoryData<string, string> Removals => new()
    {
        { "{\n  \"hosts\": {\n    \"web\": 1\n  }\n}", "{\n  \"hosts\": {\n  }\n}" },
        { "{\n  \"hosts\": {\n    \"a\": 0,\n    \"web\": 1\n  }\n}", "{\n  \"hosts\": {\n    \"a\": 0\n  }\n}" },
        {
            "{\n  \"hosts\": {\n    \"web\": {\n      \"tags\": []\n    },\n    \"b\": 2\n  }\n}",
            "{\n  \"hosts\": {\n    \"b\": 2\n  }\n}"
        },
        { "{\r\n  \"hosts\": {\r\n    \"a\": 0,\r\n    \"web\": 1,\r\n  }\r\n}", "{\r\n  \"hosts\": {\r\n    \"a\": 0,\r\n  }\r\n}" },
        { "{\n  \"hosts\": {\n    \"web\": 1, // ours\n    \"b\": 2\n  }\n}", "{\n  \"hosts\": {\n    // ours\n    \"b\": 2\n  }\n}" },
        { "{ \"hosts\": { \"a\": 0, \"web\": 1 } }", "{ \"hosts\": { \"a\": 0 } }" },
        { "{ \"hosts\": { \"a\": \"web\" } }", "{ \"hosts\": { \"a\": \"web\" } }" },
        { "{}", "{}" },
    };

    [Theory]
    [MemberData(nameof(Additions))]
    public void An_addition_leaves_every_other_byte_as_it_was(string before, string after)
    {
        var changed = JsonEdit.Add(before, ["hosts"], "web", "1");

        Assert.Equal(after, changed);
        using var document = JsonDocument.Parse(changed, Lenient);
        Assert.Equal(1, document.RootElement.GetProperty("hosts").GetProperty("web").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Removals))]
    public void A_removal_leaves_every_other_byte_as_it_was(string before, string after)
    {
        var changed = JsonEdit.Remove(before, ["hosts"], "web");

        Assert.Equal(after, changed);
        using var document = JsonDocument.Parse(changed, Lenient);
    }

    [Fact]
    public void What_was_added_can_be_taken_away_again()
    {
        const string Text = "{\n  \"fleet\": \"x\",\n  \"hosts\": {\n    \"a\": {} // ours\n  }\n}\n";

        Assert.Equal(Text, JsonEdit.Remove(JsonEdit.Add(Text, ["hosts"], "web", "{ \"tags\": [] }"), ["hosts"], "web"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"hosts\": [] }")]
    [InlineData("{ \"hosts\": ")]
    public void What_is_no_object_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => JsonEdit.Add(text, ["hosts"], "web", "1"));
}
