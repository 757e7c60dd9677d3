using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>Goals that are measured on the wires, and answers that are compared with what was measured.</summary>
[TestClass]
public class PredictionTests
{
    private static CheckResult Goal(LabReport report, string answer) => report.Results.Single(result => result.Check.Answer == answer);

    [TestMethod]
    public void A_wrong_answer_is_told_how_far_off_it_is_and_not_what_is_right()
    {
        using LabFixture lab = new("label-walk");
        lab.Replace("answers.yml", "r1-on-pe1-p1: 618/540", "r1-on-pe1-p1: 618/541");
        lab.Replace("answers.yml", "r1-on-p1-p2: 241/540", "r1-on-p1-p2: 540");
        lab.Replace("answers.yml", "r1-on-p2-pe2: 540", "r1-on-p2-pe2: five-forty");
        lab.Replace("answers.yml", "r2-on-p2-pe2: 733/377", "r2-on-p2-pe2: 733 / 377");
        lab.Replace("answers.yml", "r2-on-p1-p2: 92/377", "r2-on-p1-p2:");
        lab.Replace("answers.yml", "ttl-on-p1-p2: 253", "ttl-on-p1-p2: 200");
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.AreEqual("the ping on pe1-p1 has 2 labels, but number 2 of your answer (541) is not there", Goal(report, "r1-on-pe1-p1").Reason);
        Assert.AreEqual("your answer has one label, and the ping on p1-p2 has 2 labels", Goal(report, "r1-on-p1-p2").Reason);
        Assert.AreEqual("your answer is \"five-forty\", and should be labels outermost first such as 103/203, or none", Goal(report, "r1-on-p2-pe2").Reason);
        Assert.IsTrue(Goal(report, "r2-on-p2-pe2").Ok);
        Assert.AreEqual("answers.yml has no answer for r2-on-p1-p2", Goal(report, "r2-on-p1-p2").Reason);
        Assert.AreEqual("your answer is 200, and what was measured is more", Goal(report, "ttl-on-p1-p2").Reason);
        Assert.AreEqual(5, report.Results.Count(result => !result.Ok));
    }

    [TestMethod]
    public void A_key_that_nobody_asked_for_and_a_file_that_is_no_list_are_mistakes()
    {
        using LabFixture lab = new("php");
        lab.Replace("answers.yml", "largest: 1492", "longest: 1492");
        LabException told = Assert.ThrowsExactly<LabException>(() => LabFixture.Run(lab.Folder));
        StringAssert.Contains(told.Message, "found \"longest\", expected one of ttl-implicit, ttl-explicit, largest");
        File.WriteAllText(Path.Combine(lab.Folder, "answers.yml"), "- 1\n- 2\n");
        told = Assert.ThrowsExactly<LabException>(() => LabFixture.Run(lab.Folder));
        StringAssert.StartsWith(told.Message, "answers.yml");
    }

    [TestMethod]
    public void A_stack_that_is_another_one_is_told_link_by_link()
    {
        using LabFixture lab = new("php");
        lab.Replace("p.cfg", "192.168.12.1 explicit-null", "192.168.12.1 implicit-null");
        LabReport report = LabFixture.Run(lab.Folder);
        CheckResult[] unmet = [.. report.Results.Where(result => !result.Ok)];
        Assert.AreEqual("on pe1-p the stack is 201, and should be 0/201", unmet[0].Reason);
        Assert.AreEqual("on pe1-p the stack is none, and should be 0", unmet[1].Reason);
        Assert.HasCount(2, unmet);
    }

    [TestMethod]
    public void The_longest_packet_and_the_router_that_drops_a_longer_one_are_measured()
    {
        using LabFixture lab = new("mtu");
        lab.Replace("p1.cfg", " description to p2\n", " description to p2\n mtu 1300\n");
        lab.Replace("answers.yml", "dropper-r1: pe1", "dropper-r1: p2");
        lab.Replace("answers.yml", "dropper-x1: pe1", "dropper-x1: p9");
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.AreEqual("the longest packet that is answered has 1292 octets, and should have 1492", report.Results.First(result => result.Check.Kind == CheckKind.Largest).Reason);
        Assert.AreEqual("your answer is 1492, and what was measured is less", Goal(report, "largest-r1").Reason);
        Assert.AreEqual("your answer is p2, and it is another router from which such packets do not go on", Goal(report, "dropper-r1").Reason);
        StringAssert.StartsWith(Goal(report, "dropper-x1").Reason, "your answer is \"p9\", and should be one of the nodes r1, x1");
    }

    [TestMethod]
    public void The_answers_are_part_of_the_digest()
    {
        using LabFixture lab = new("php");
        string before = LabFixture.Run(lab.Folder).Digest;
        lab.Replace("answers.yml", "largest: 1492", "largest: 1493");
        Assert.AreNotEqual(before, LabFixture.Run(lab.Folder).Digest);
    }
}
