using Xunit.Sdk;

namespace Bento.Testing.Tests;

/// <summary>Runs one test of a suite as xUnit does, against a part that may be broken.</summary>
internal static class Suite
{
    public static async Task RunAsync<T>(T suite, Func<T, Task> test)
        where T : IAsyncLifetime
    {
        await suite.InitializeAsync();
        try
        {
            await test(suite);
        }
        finally
        {
            await suite.DisposeAsync();
        }
    }

    /// <summary>The test must fail by what it asserts, and not because it was skipped.</summary>
    public static async Task FailsAsync<T>(T suite, Func<T, Task> test)
        where T : IAsyncLifetime
    {
        var exception = await Assert.ThrowsAnyAsync<XunitException>(() => RunAsync(suite, test));
        Assert.IsNotType<SkipException>(exception);
    }
}
