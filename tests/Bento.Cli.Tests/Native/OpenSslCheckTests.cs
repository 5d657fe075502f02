namespace Bento.Cli.Tests.Native;

public sealed class OpenSslCheckTests
{
    [Fact]
    public void A_machine_without_OpenSSL_is_told_what_to_install()
    {
        var problem = OpenSslCheck.WhyMissing(_ => false);

        Assert.StartsWith("bento: OpenSSL is missing: libssl.so.3 cannot be loaded.", problem, StringComparison.Ordinal);
        Assert.Contains("libssl3", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libssl.so.3")]
    [InlineData("libssl.so.1.1")]
    public void One_that_dotnet_can_use_is_enough(string installed) => Assert.Null(OpenSslCheck.WhyMissing(name => name == installed));
}
