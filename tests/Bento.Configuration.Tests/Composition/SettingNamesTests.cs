using System.Collections;
using System.Reflection;
using Bento.Agents;
using Bento.Building;
using Bento.Configuration.Composition;
using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Configuration.Tests.Composition;

public sealed class SettingNamesTests
{
    /// <summary>What only an application can set; the files have no setting for it.</summary>
    private static readonly HashSet<string> OfApplications =
    [
        "bento directory", "bento safeDirectories", "agent bootIdFile", "agent acceptedHostKeyFile", "agent configurationFile",
        "agent safeDirectories", "agent transferTimeout", "agent maxTreeBytes",
        "nix environment", "nix logTailLines", "server privateKeyPassphraseFile", "server acceptFirstHostKey",
        "server acceptedHostKeyFile", "server connectTimeout", "server operationTimeout", "server keepAliveInterval",
        "server lockRefreshInterval",
    ];

    [Theory]
    [InlineData("", "KeptAttempts", "keepAttempts")]
    [InlineData("", "Hosts[web].ConfirmTimeout", "hosts.web.confirmSeconds")]
    [InlineData("", "Hosts[web].Tags[0]", "hosts.web.tags[0]")]
    [InlineData("", "Hosts[web].Secrets[a/b.c].Mode", "hosts.web.secrets.a/b.c.mode")]
    [InlineData("", "Hosts[web]", "hosts.web")]
    [InlineData("", "Trust.TrustedKeys[1]", "trust.keys[1]")]
    [InlineData("signing", "KeyFiles[2]", "signing.keys[2]")]
    [InlineData("alternatives[0]", "HostKeys", "alternatives[0].hostKeys")]
    public void A_property_has_the_name_that_people_write(string section, string property, string setting) =>
        Assert.Equal(setting, SettingNames.Of(section, property));

    [Fact]
    public void Every_property_of_the_options_has_a_setting_or_is_known_to_have_none()
    {
        List<string> without =
        [
            .. Without(Schema.Bento, string.Empty, typeof(BentoOptions), "bento"),
            .. Without(Schema.Bento, "bootstrap", typeof(BootstrapOptions), "bootstrap"),
            .. Without(Schema.Bento, "hosts.NAME", typeof(BentoHostOptions), "host"),
            .. Without(Schema.Bento, "hosts.NAME.secrets.NAME", typeof(SecretOptions), "secret"),
            .. Without(Schema.Bento, "signing", typeof(SigningOptions), "signing"),
            .. Without(Schema.Bento, "nix", typeof(NixOptions), "nix"),
            .. Without(Schema.Bento, "areas", typeof(LocalDirectoryOptions), "areas"),
            .. Without(Schema.Bento, "server", typeof(SftpOptions), "server"),
            .. Without(Schema.Agent, string.Empty, typeof(AgentOptions), "agent"),
            .. Without(Schema.Agent, "trust", typeof(TrustOptions), "trust"),
        ];

        Assert.Equal(OfApplications.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Without(Schema schema, string section, Type options, string what) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
        .Select(property => SettingNames.Of(section, property.Name))
        .Where(setting => schema.Find(setting.Replace('.', ':')) is null)
        .Select(setting => $"{what} {setting.Split('.')[^1]}");
}
