"""Kanji that are one and the same in a name, written differently. Pure.

Two sources, both public: the old forms that the list of kanji for daily use (常用漢字表, Cabinet
notice of 2010) prints in brackets after the new ones, and the forms that family registers know of
the commonest family names (斎藤, 渡辺, 高橋 …). Only for finding: what was typed is kept as it was.
"""

from typing import Final

# The usual form first, then the others.
_OLD_FORMS: Final = """
亜亞 悪惡 圧壓 囲圍 為爲 医醫 壱壹 稲稻 飲飮 隠隱 営營 栄榮 衛衞 駅驛 円圓 塩鹽
縁緣 艶艷 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞
懐懷 概槪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 渇渴 鎌鐮 勧勸 巻卷 寛寬 歓歡 缶罐 観觀
間閒 関關 陥陷 館舘 巌巖 顔顏 帰歸 気氣 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽
挟挾 教敎 強强 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 掲揭 渓溪 経經 継繼
茎莖 蛍螢 軽輕 鶏鷄 芸藝 撃擊 欠缺 倹儉 剣劍 圏圈 検檢 権權 献獻 県縣 研硏 険險
顕顯 験驗 厳嚴 戸戶 呉吳 効效 広廣 恒恆 鉱鑛 号號 国國 黒黑 済濟 砕碎 剤劑 雑雜
参參 惨慘 桟棧 蚕蠶 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 舎舍 写寫 釈釋 寿壽
収收 従從 渋澁澀 獣獸 縦縱 粛肅 処處 緒緖 叙敍敘 奨奬 将將 焼燒 称稱 証證 乗乘
剰剩 壌壤 嬢孃 条條 浄淨 状狀 畳疊 穣穰 譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 晋晉 真眞
尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 声聲 清淸 静靜 青靑 税稅 跡蹟 説說
摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 捜搜 挿插 争爭 総總 聡聰
荘莊 装裝 騒騷 増增 臓臟 蔵藏 属屬 続續 堕墮 体體 対對 帯帶 滞滯 滝瀧 択擇 沢澤
単單 担擔 胆膽 団團 弾彈 断斷 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭
逓遞 鉄鐵 転轉 点點 伝傳 党黨 盗盜 灯燈 当當 闘鬪 徳德 独獨 読讀 届屆 縄繩 弐貳
悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 秘祕 仏佛 払拂 並竝 変變
弁辨瓣辯 舗舖 穂穗 宝寶寳 豊豐 褒襃 没沒 翻飜 毎每 万萬 満滿 黙默 訳譯 薬藥 与與
予豫 余餘 誉譽 揺搖 様樣 謡謠 遥遙 乱亂 頼賴 覧覽 竜龍 両兩 猟獵 緑綠 塁壘 励勵
礼禮 隷隸 霊靈 齢齡 恋戀 炉爐 労勞 楼樓 郎郞 録錄 湾灣 尭堯 槙槇 亀龜 弥彌 祢禰
曽曾 桧檜 蛎蠣 篭籠 頚頸 麺麵 餅餠 鴬鶯 蝉蟬 頬頰 祷禱 涛濤 鹸鹼 繋繫 莱萊
"""
_IN_NAMES: Final = """
高髙 崎﨑嵜碕㟢 斎齋斉齊齎亝 辺邊邉 浜濱濵 吉𠮷 島嶋嶌 峰峯 富冨 桑桒 柳栁 土圡
角⻆ 渕淵渊 藤籐 橋𣘺𫞎 徹㣙 鶴靍靏鸖 船舩 園薗 祇祗 芦蘆 刈苅 杉椙 松枩 梅楳
野埜 坂阪 節莭 飯飰 昇曻 静靕 晃晄 煕熙熈 凜凛 瑶瑤 彦彥 美羙 秋龝穐
"""


def _pairs() -> dict[int, str]:
    rows = (_OLD_FORMS + _IN_NAMES).split()
    return {ord(other): row[0] for row in rows for other in row[1:]}


USUAL_FORM: Final = _pairs()
