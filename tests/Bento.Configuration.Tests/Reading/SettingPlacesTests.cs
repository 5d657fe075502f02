using Bento.Configuration.Json;
using Bento.Configuration.Reading;
using Bento.TestBench;

namespace Bento.Configuration.Tests.Reading;

public sealed class SettingPlacesTests
{
    private const string Text = """
        {
          "keepAttempts": 1,
          "hosts": {
            "web": { "tags": ["a b"] }
          }
        }
        """;

    [Theory]
    [InlineData("keepAttempts", "bento.json:2: $.keepAttempts")]
    [InlineData("hosts.web.tags[0]", "bento.json:4: $.hosts.web.tags[0]")]
    [InlineData("hosts.web.confirmSeconds", "bento.json:4: $.hosts.web.confirmSeconds")]
    [InlineData("hosts.db.reboot", "bento.json:3: $.hosts.db.reboot")]
    [InlineData("epoch", "bento.json:1: $.epoch")]
    [InlineData("", "bento.json:1: $")]
    public void A_setting_of_a_file_is_named_with_the_line_where_it_is_or_should_be(string setting, string place) =>
        Assert.Equal(place, Of([]).Problem(setting, "Wrong.").Path);

    [Theory]
    [InlineData("keepAttempts", "KEEPATTEMPTS", "$BENTO_X")]
    [InlineData("hosts.web.tags[0]", "HOSTS:web:TAGS:0", "$BENTO_X")]
    [InlineData("hosts.web.tags", "HOSTS:web:TAGS:0", "$BENTO_X: hosts.web.tags")]
    [InlineData("server.user", "SERVER:HOST", "$BENTO_X: server.user")]
    [InlineData("epoch", "FLEET", "bento.json:1: $.epoch")]
    public void A_variable_that_set_it_is_named_instead(string setting, string variable, string place) =>
        Assert.Equal(place, Of(new() { [variable] = "BENTO_X" }).Problem(setting, "Wrong.").Path);

    [Fact]
    public void Where_there_is_no_file_the_line_of_config_sh_is_named() => Assert.Equal(
        "config.sh line 2: REMOTE_IP",
        new SettingPlaces("bento.json", null)
        {
            ShellLines = new Dictionary<string, string> { ["bootstrap.host"] = "config.sh line 2: REMOTE_IP" },
        }.Problem("bootstrap.host", "Wrong.").Path);

    private static SettingPlaces Of(Dictionary<string, string> variables)
    {
        using var directory = new TempDirectory();
        return new SettingPlaces("bento.json", JsonFile.Read(directory.WriteFile("bento.json", Text), Schema.Bento))
        {
            Variables = new Dictionary<string, string>(variables, StringComparer.OrdinalIgnoreCase),
        };
    }
}
