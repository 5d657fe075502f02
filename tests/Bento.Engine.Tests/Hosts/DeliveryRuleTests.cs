using Bento.Hosts;

namespace Bento.Engine.Tests.Hosts;

public sealed class DeliveryRuleTests
{
    [Theory]
    [InlineData(Delivery.System, true, false, "evaluateOnly")]
    [InlineData(Delivery.System, false, true, "selfUpdate")]
    [InlineData(Delivery.System, false, false, null)]
    [InlineData(Delivery.Configuration, true, true, null)]
    public void A_host_that_builds_nothing_is_told_nothing_that_needs_a_build(
        Delivery delivery, bool isEvaluateOnly, bool updatesItself, string? named)
    {
        var contradiction = DeliveryRule.FindContradiction(delivery, isEvaluateOnly, updatesItself);

        Assert.Equal(named is not null, contradiction?.Contains(named ?? string.Empty, StringComparison.Ordinal) ?? false);
    }
}
