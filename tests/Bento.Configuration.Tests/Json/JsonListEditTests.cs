using Bento.Configuration.Json;

namespace Bento.Configuration.Tests.Json;

public sealed class JsonListEditTests
{
    private static readonly string[] Keys = ["signing", "keys"];

    [Theory]
    [InlineData("{}", "{\n  \"signing\": {\n    \"keys\": [\"x\"]\n  }\n}")]
    [InlineData("{ \"fleet\": \"a\" } // end", "{ \"fleet\": \"a\", \"signing\": {\n  \"keys\": [\"x\"]\n} } // end")]
    [InlineData("{ \"signing\": { \"threshold\": 1 } }", "{ \"signing\": { \"threshold\": 1, \"keys\": [\"x\"] } }")]
    [InlineData("{ \"signing\": { \"keys\": [] } }", "{ \"signing\": { \"keys\": [\"x\"] } }")]
    [InlineData("{ \"signing\": { \"keys\": [ /* none */ ] } }", "{ \"signing\": { \"keys\": [ /* none */ \"x\" ] } }")]
    [InlineData("{ \"signing\": { \"keys\": [\"a\"] } }", "{ \"signing\": { \"keys\": [\"a\", \"x\"] } }")]
    [InlineData("{ \"signing\": { \"keys\": [\"a\", ] } }", "{ \"signing\": { \"keys\": [\"a\", \"x\", ] } }")]
    [InlineData(
        "{ \"hosts\": { \"signing\": { \"tags\": [\"keys\"] } } }",
        "{ \"hosts\": { \"signing\": { \"tags\": [\"keys\"] } }, \"signing\": {\n  \"keys\": [\"x\"]\n} }")]
    [InlineData(
        "{ \"signing\": { \"keys\": [\n    \"a\" // mine\n  ] } }", "{ \"signing\": { \"keys\": [\n    \"a\", // mine\n    \"x\"\n  ] } }")]
    public void An_entry_is_added_and_the_rest_stays_as_it_was_written(string before, string after) =>
        Assert.Equal(after, JsonEdit.Append(before, Keys, "\"x\""));

    [Theory]
    [InlineData(0, "[\"a\"]", "[]")]
    [InlineData(0, "[\"a\", \"b\"]", "[\"b\"]")]
    [InlineData(1, "[\"a\", \"b\"]", "[\"a\"]")]
    [InlineData(1, "[\"a\", \"b\", \"c\"]", "[\"a\", \"c\"]")]
    [InlineData(1, "[\"a\", \"b\",]", "[\"a\",]")]
    [InlineData(1, "[\n  \"a\", // mine\n  \"b\" // hers\n]", "[\n  \"a\" // mine\n  // hers\n]")]
    [InlineData(0, "[\n  \"a\", // mine, with a comma\n  \"b\"\n]", "[\n  // mine, with a comma\n  \"b\"\n]")]
    [InlineData(0, "[\n  \"a\" /* , */ ,\n  \"b\"\n]", "[\n  /* , */ \n  \"b\"\n]")]
    [InlineData(1, "[\n  \"a\",\n  \"b\",\n  \"c\"\n]", "[\n  \"a\",\n  \"c\"\n]")]
    [InlineData(1, "[\r\n  \"a\",\r\n  \"b\"\r\n]", "[\r\n  \"a\"\r\n]")]
    [InlineData(0, "[\"ä\", \"b\"]", "[\"b\"]")]
    public void An_entry_is_removed_and_the_rest_stays_as_it_was_written(int index, string before, string after) =>
        Assert.Equal(
            $"{{ \"signing\": {{ \"keys\": {after} }} }}", JsonEdit.RemoveAt($"{{ \"signing\": {{ \"keys\": {before} }} }}", Keys, index));

    [Fact]
    public void What_is_added_and_removed_again_leaves_no_trace()
    {
        using var scaffold = new StreamReader(Schema.Resource("scaffold/bento.json"));
        var text = scaffold.ReadToEnd();

        Assert.Equal(text, JsonEdit.RemoveAt(JsonEdit.Append(text, Keys, JsonEdit.Quote("/a \"quoted\" \\ ä + key")), Keys, 1));
    }
}
