using Bento.Hosts;

namespace Bento.Abstractions.Tests.Hosts;

public sealed class FleetProblemTests
{
    [Fact]
    public void A_problem_names_its_path_first() =>
        Assert.Equal("hosts/lab: It is empty.", new FleetProblem("hosts/lab", "It is empty.").ToString());

    [Fact]
    public void The_problem_of_a_host_names_the_host_first() =>
        Assert.Equal(
            "h1 (hosts/lab): It is empty.", new FleetProblem("hosts/lab", "It is empty.") { Host = HostName.Parse("h1") }.ToString());

    [Fact]
    public void An_invalid_fleet_tells_every_problem()
    {
        var problems = new FleetProblem[] { new("hosts/a", "One."), new("hosts/b", "Two.") };

        var exception = new InvalidFleetException(problems);

        Assert.Equal($"hosts/a: One.{Environment.NewLine}hosts/b: Two.", exception.Message);
        Assert.Equal(problems, exception.Problems);
        Assert.False(exception.IsTransient);
    }
}
