using Bento.Files;

namespace Bento.Engine.Tests.Files;

public sealed class SystemUserTests
{
    [Fact]
    public void A_user_is_called_by_its_name_and_its_number() => Assert.Equal("user root (0)", SystemUser.Describe(0));

    [Fact]
    public void A_user_without_a_name_is_called_by_its_number() => Assert.Equal("user 3999999999", SystemUser.Describe(3_999_999_999));
}
