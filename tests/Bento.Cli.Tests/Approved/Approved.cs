namespace Bento.Cli.Tests.Approved;

/// <summary>Texts that were agreed on, reviewed as a diff. Nothing is accepted by itself.</summary>
internal static class Approved
{
    public static void Matches(string name, string actual)
    {
        var approved = Path.Join(AppContext.BaseDirectory, "Approved", $"{name}.txt");
        var received = Path.Join(AppContext.BaseDirectory, $"{name}.received.txt");
        File.WriteAllText(received, actual);

        var expected = File.Exists(approved) ? File.ReadAllText(approved) : string.Empty;
        var difference = actual.Split('\n').Except(expected.Split('\n')).Select(line => $"+ {line}")
            .Concat(expected.Split('\n').Except(actual.Split('\n')).Select(line => $"- {line}"))
            .Take(20);
        Assert.True(
            actual == expected,
            $"The text '{name}' changed:\n{string.Join('\n', difference)}\nRead it whole; where it is better: cp {received} "
                + $"tests/Bento.Cli.Tests/Approved/{name}.txt");
    }
}
