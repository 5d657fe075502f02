using Bento.Building.Realisation;

namespace Bento.Engine.Tests.Building.Realisation;

public sealed class ForecastOutputTests
{
    private const string A = "/nix/store/4l4qkh4982wj8f4kx2kacxgg3kfgdahs-a.drv";
    private const string B = "/nix/store/mg7d1v9cgap2cahi41fshby0pgbc54v4-b.drv";
    private const string C = "/nix/store/i6yh3gcbr5xw5q436l4pc5l4l1zxbxpz-c";

    [Theory]
    [InlineData("", "", "")]
    [InlineData($"this derivation will be built:\n  {A}\n", A, "")]
    [InlineData(
        $"these 2 derivations will be built:\n  {A}\n  {B}\nthis path will be fetched (0.10 MiB download, 0.50 MiB unpacked):\n  {C}\n",
        A + " " + B,
        C)]
    [InlineData($"these derivations will be built:\n  {A}\nthese paths will be fetched (1 MiB download, 2 MiB unpacked):\n  {C}", A, C)]
    [InlineData($"warning: something\nthese 1 derivations will be built:\n  {A}\nwarning: other\n  {B}\n", A, "")]
    [InlineData($"don't know how to build these paths:\n  {C}\n", "", "")]
    [InlineData($"don't know how to build these paths:\n  {A}\n", A, "")]
    [InlineData("this derivation will be built:\n  not a path\n", "", "")]
    public void The_lists_are_read_and_the_rest_is_not(string output, string toBuild, string toFetch)
    {
        var forecast = ForecastOutput.Read(output);

        Assert.Equal(toBuild, string.Join(' ', forecast.ToBuild));
        Assert.Equal(toFetch, string.Join(' ', forecast.ToFetch));
    }
}
