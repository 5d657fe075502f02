using Bento.Configuration.Editing;
using Bento.Configuration.Json;

namespace Bento.Configuration.Tests.Editing;

public sealed class SigningKeysEditTests
{
    [Theory]
    [InlineData("{}", "{\n  \"signing\": { \"keys\": [\"x\"] }}")]
    [InlineData("{ \"fleet\": \"a\" } // end", "{\n  \"signing\": { \"keys\": [\"x\"] },  \"fleet\": \"a\" } // end")]
    [InlineData("{ \"signing\": {} }", "{ \"signing\": {\"keys\": [\"x\"]} }")]
    [InlineData("{ \"signing\": { \"threshold\": 1 } }", "{ \"signing\": {\"keys\": [\"x\"],  \"threshold\": 1 } }")]
    [InlineData("{ \"signing\": { \"keys\": [ /* none */ ] } }", "{ \"signing\": { \"keys\": [\"x\" /* none */ ] } }")]
    [InlineData("{ \"signing\": { \"keys\": [\"a\"] } }", "{ \"signing\": { \"keys\": [\"a\", \"x\"] } }")]
    [InlineData("{ \"signing\": { \"keys\": [\"a\", ] } }", "{ \"signing\": { \"keys\": [\"a\", \"x\", ] } }")]
    [InlineData(
        "{ \"hosts\": { \"signing\": { \"tags\": [\"keys\"] } } }",
        "{\n  \"signing\": { \"keys\": [\"x\"] },  \"hosts\": { \"signing\": { \"tags\": [\"keys\"] } } }")]
    [InlineData(
        "{ \"signing\": { \"keys\": [\n    \"a\" // mine\n  ] } }", "{ \"signing\": { \"keys\": [\n    \"a\",\n    \"x\" // mine\n  ] } }")]
    public void A_key_is_added_and_the_rest_stays_as_it_was_written(string before, string after) =>
        Assert.Equal(after, SigningKeysEdit.Add(before, "x"));

    [Theory]
    [InlineData(0, "[\"a\"]", "[]")]
    [InlineData(0, "[\"a\", \"b\"]", "[\"b\"]")]
    [InlineData(1, "[\"a\", \"b\"]", "[\"a\"]")]
    [InlineData(1, "[\"a\", \"b\", \"c\"]", "[\"a\", \"c\"]")]
    [InlineData(1, "[\"a\", \"b\",]", "[\"a\",]")]
    [InlineData(1, "[\n  \"a\", // mine\n  \"b\" // hers\n]", "[\n  \"a\" // mine\n // hers\n]")]
    [InlineData(0, "[\n  \"a\", // mine, with a comma\n  \"b\"\n]", "[\n // mine, with a comma\n  \"b\"\n]")]
    [InlineData(0, "[\n  \"a\" /* , */ ,\n  \"b\"\n]", "[\n /* , */ \n  \"b\"\n]")]
    [InlineData(1, "[\n  \"a\",\n  \"b\",\n  \"c\"\n]", "[\n  \"a\",\n  \"c\"\n]")]
    [InlineData(1, "[\r\n  \"a\",\r\n  \"b\"\r\n]", "[\r\n  \"a\"\r\n]")]
    [InlineData(0, "[\"ä\", \"b\"]", "[\"b\"]")]
    public void A_key_is_removed_and_the_rest_stays_as_it_was_written(int index, string before, string after) =>
        Assert.Equal(
            $"{{ \"signing\": {{ \"keys\": {after} }} }}", SigningKeysEdit.Remove($"{{ \"signing\": {{ \"keys\": {before} }} }}", index));

    [Fact]
    public void What_is_added_and_removed_again_leaves_no_trace()
    {
        using var scaffold = new StreamReader(Schema.Resource("scaffold/bento.json"));
        var text = scaffold.ReadToEnd();

        Assert.Equal(text, SigningKeysEdit.Remove(SigningKeysEdit.Add(text, "/a \"quoted\" \\ ä + key"), 1));
    }
}
