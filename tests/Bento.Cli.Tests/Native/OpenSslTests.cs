namespace Bento.Cli.Tests.Native;

public sealed class OpenSslTests
{
    [Fact]
    public void A_machine_without_OpenSSL_is_told_what_to_install()
    {
        var problem = OpenSsl.WhyMissing(_ => false);

        Assert.StartsWith("bento: OpenSSL is missing: libssl.so.3 cannot be loaded.", problem, StringComparison.Ordinal);
        Assert.Contains("libssl3", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libssl.so.3")]
    [InlineData("libssl.so.1.1")]
    public void One_that_dotnet_can_use_is_enough(string installed) => Assert.Null(OpenSsl.WhyMissing(name => name == installed));
}
