using System.Text;
using Bento.Agents.Machine;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class SwitchInhibitorsTests
{
    [Theory]
    [InlineData("""{"dbus":"1"}""", """{"dbus":"2"}""", "dbus")]
    [InlineData("""{"dbus":"1","b":"1","a":"1"}""", """{"dbus":"1","b":"2","a":"2"}""", "a b")]
    [InlineData("""{"dbus":"1"}""", """{"dbus":"1"}""", "")]
    [InlineData("""{"dbus":"1"}""", """{"systemd":"1"}""", "")]
    [InlineData("""{"dbus":"1"}""", "{}", "")]
    [InlineData("", """{"dbus":"1"}""", "")]
    [InlineData("""{"dbus":"1"}""", "", "")]
    [InlineData("""{"dbus":"1"}""", "garbage", "")]
    [InlineData("null", """{"dbus":"1"}""", "")]
    public void Only_what_both_systems_name_and_what_differs_inhibits_a_switch(string running, string next, string inhibitors) =>
        Assert.Equal(inhibitors, string.Join(' ', SwitchInhibitors.Find(Encoding.UTF8.GetBytes(running), Encoding.UTF8.GetBytes(next))));
}
