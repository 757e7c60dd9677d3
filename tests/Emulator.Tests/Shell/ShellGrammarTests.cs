using LabEdge.Emulator.Shell;

namespace LabEdge.Tests.Shell;

[TestClass]
public class ShellGrammarTests
{
    [TestMethod]
    [DataRow("link pe1-p down", "link LINK down")]
    [DataRow("link pe1:eth2 u", "link LINK up")]
    [DataRow("l p-pe1 d", null)]
    [DataRow("li p-pe1 d", null)]
    [DataRow("link p-pe1 d", "link LINK down")]
    [DataRow("  ru   10ms ", "run TIME")]
    [DataRow("unt 3s", "until TIME")]
    [DataRow("sp r", "speed real")]
    [DataRow("sp 0.5", "speed FACTOR")]
    [DataRow("sp 0", null)]
    [DataRow("w pe1-p loss 5%", "wire LINK KEY VALUE")]
    [DataRow("cap sto", "capture stop")]
    [DataRow("cap st", null)]
    [DataRow("ch", "check")]
    [DataRow("check now", null)]
    public void A_line_is_understood_with_its_keywords_shortened_as_long_as_they_are_unique(string line, string form)
    {
        using ShellFixture fixture = new();
        ShellMatch match = fixture.Shell.Grammar.Match(line);
        Assert.AreEqual(form, match.Command?.Form, match.Fault);
        Assert.AreEqual(form == null, match.Fault.Length > 0);
    }

    [TestMethod]
    [DataRow("frob", "\"frob\": expected one of ")]
    [DataRow("link pe9 down", "\"pe9\": expected one of the links r1-pe1, ")]
    [DataRow("link pe1-p sideways", "\"sideways\": expected one of down, up")]
    [DataRow("link pe1-p", "after \"link pe1-p\": expected one of down, up")]
    [DataRow("node x", "\"x\": expected one of the nodes r1, r3, pe1, p, pe2, r2, r4")]
    [DataRow("run soon", "\"soon\": expected a time such as 100us, 2ms or 3s")]
    [DataRow("r", "\"r\" is ambiguous: run, restart, resume")]
    [DataRow("wire pe1-p colour red", "\"colour\": expected one of delay, ")]
    [DataRow("check now", "\"now\": expected nothing more")]
    public void What_is_not_understood_is_told_with_what_was_expected(string line, string fault)
    {
        using ShellFixture fixture = new();
        StringAssert.StartsWith(fixture.Shell.Grammar.Match(line).Fault, fault);
    }

    [TestMethod]
    [DataRow("no", "node nodes")]
    [DataRow("pe", "pe1: pe2:")]
    [DataRow("node ", "p pe1 pe2 r1 r2 r3 r4")]
    [DataRow("node pe", "pe1 pe2")]
    [DataRow("link p", "p-pe2 pe1-p pe2-r2 pe2-r4")]
    [DataRow("link pe1-p ", "down up")]
    [DataRow("wire pe1-p d", "delay duplicate")]
    [DataRow("capture ", "start stop")]
    [DataRow("run ", "")]
    [DataRow("frob ", "")]
    public void Tab_offers_what_may_come(string before, string words)
    {
        using ShellFixture fixture = new();
        Assert.AreEqual(words, string.Join(' ', fixture.Shell.Grammar.Complete(before)));
    }
}
