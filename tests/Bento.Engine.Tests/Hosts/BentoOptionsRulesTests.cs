using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Hosts;

public sealed class BentoOptionsRulesTests
{
    [Fact]
    public void The_defaults_need_only_a_directory() =>
        Assert.True(new BentoOptionsRules().Validate(null, new BentoOptions { Directory = "/srv/bento" }).Succeeded);

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = new BentoOptions
        {
            Directory = "relative",
            StateDirectory = "state",
            Fleet = "a b",
            ReleaseLifetime = TimeSpan.FromMinutes(1),
        };
        options.Hosts["1st"] = new BentoHostOptions { RebootWindow = "night", ConfirmTimeout = TimeSpan.FromSeconds(1) };
        options.Hosts["1st"].Tags.Add("two words");
        options.Hosts["1st"].Tags.Add("line\n");
        options.Hosts["good"] = new BentoHostOptions { RebootWindow = "02:00-05:00" };

        var result = new BentoOptionsRules().Validate(null, options);

        Assert.Equal(
            [
                "BentoOptions.Directory",
                "BentoOptions.StateDirectory",
                "BentoOptions.Fleet",
                "BentoOptions.ReleaseLifetime",
                "BentoOptions.Hosts[1st]",
                "BentoOptions.Hosts[1st].Tags[0]",
                "BentoOptions.Hosts[1st].Tags[1]",
                "BentoOptions.Hosts[1st].RebootWindow",
                "BentoOptions.Hosts[1st].ConfirmTimeout",
            ],
            result.Failures!.Select(failure => failure.Split(':')[0]));
    }

    [Fact]
    public void FP12_a_health_check_that_no_agent_reads_is_a_problem_of_its_host()
    {
        var options = new BentoOptions { Directory = "/srv/bento" };
        var host = options.Hosts["h1"] = new BentoHostOptions();
        host.HealthChecks.Add(new HealthCheck.Unit("a.service", TimeSpan.FromHours(1)));
        host.HealthChecks.Add(new HealthCheck.Unit("a.service", TimeSpan.FromHours(2)));
        host.HealthChecks.Add(null!);
        host.HealthChecks.Add(new HealthCheck.Command([], TimeSpan.FromSeconds(1)));

        Assert.Equal(
            ["BentoOptions.Hosts[h1].HealthChecks[1]", "BentoOptions.Hosts[h1].HealthChecks[2]", "BentoOptions.Hosts[h1].HealthChecks[3]"],
            new BentoOptionsRules().Validate(null, options).Failures!.Select(failure => failure.Split(':')[0]));
    }

    [Fact]
    public void H9_what_no_terminal_should_see_is_not_in_the_problem_that_names_it()
    {
        var options = new BentoOptions { Directory = "/srv/bento" };
        options.Hosts["h1"] = new BentoHostOptions
        {
            Secrets = { ["a\u001b[2Jb"] = new SecretOptions { Owner = "o\u001b[2J\n", Group = "g\u202e", Mode = "\u0007" } },
        };

        var failures = new BentoOptionsRules().Validate(null, options).Failures!.ToList();

        Assert.Equal(4, failures.Count);
        Assert.All(failures, failure => Assert.DoesNotContain(failure, c => char.IsControl(c) || c == '\u202e'));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(3660 * 24 * 60, true)]
    [InlineData((3660 * 24 * 60) + 1, false)]
    public void The_lifetime_of_a_release_has_bounds(int minutes, bool isAllowed) => Assert.Equal(
        isAllowed, new BentoOptionsRules().Validate(
            null, new BentoOptions { Directory = "/b", ReleaseLifetime = TimeSpan.FromMinutes(minutes) }).Succeeded);
}
