from tests.talk import *
def test_try(talk: Talk) -> None:
    def s(u,t,chat=GROUP,**k):
        print(f"[{u}@{chat}] {t}\n   -> {talk.says(u,t,chat,**k)!r}")
    def see(u,chat='app'):
        for x in talk.sees(u,chat): print(f"      ({u} sees) {x!r}")
    s(CONTACT,"进度"); s(CONTACT,"第二个到哪了"); s(CONTACT,"第一个呢"); s(CONTACT,"要什么材料"); s(CONTACT,"那工规证呢")
    s(CONTACT,"不是工规证，是施工许可"); s(CONTACT,"它要几天"); s(CONTACT,"备案要什么材料"); 
    print(talk.answer_to(CONTACT,"规划证要什么材料"))
    print(talk.cards(CONTACT,GROUP)[-1]) if talk.cards(CONTACT,GROUP) else None
    s(CONTACT,"这个呢",quote={"text":"施工图审查 图审机构 审查中"})
    s(CONTACT,"现在到哪了",quote={"text":"节能审查已提交"})
    s(CONTACT,"农民工工资保证金可以用保函吗这个政策"); s(CONTACT,"有什么政策补贴"); s(CONTACT,"施工许可要几天")
    s(CONTACT,"要原件吗"); s(CONTACT,"asdf"); s(CONTACT,"qwer"); s(CONTACT,"再不批工人要闹了，施工许可卡在哪")
    see(OFFICER)
    s(CONTACT,"我的手机13912345678，身份证11010519491231002X"); see(CONTACT)
    s(CONTACT,"进度，另外施工许可材料，还有谁负责，然后收费吗，再联系人")
    n=talk.files_problem(); s(REPRESENTATIVE,"我来办","app"); s(REPRESENTATIVE,"待办","app"); s(REPRESENTATIVE,"第一个我来","app"); 
    s(CONTACT,f"问题{n}撤回"); s(CONTACT,"1"); see(REPRESENTATIVE); see(OFFICER)
    assert 0
